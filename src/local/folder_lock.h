#pragma once
// A lock file that keeps a folder to one process. The kernel lets go of it when the process ends,
// however it ends, so it is never stale.

#include <string>

#include "base/result.h"

namespace wiremill::local {

/// Owns: the open lock file; the folder is free again when this is destroyed.
class FolderLock {
 public:
  /// Makes the folder when it is missing and locks it. Errors: rejected, naming the folder and the
  /// process that holds it.
  [[nodiscard]] static base::Result<FolderLock> take(const std::string& folder);

  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&& other) noexcept;
  ~FolderLock();

 private:
  explicit FolderLock(int file) : file_(file) {}
  int file_;
};

}  // namespace wiremill::local

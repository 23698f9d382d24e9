#pragma once
// One SQLite connection and its prepared statements, with Results instead of return codes.
//
//   auto query = database.query("SELECT next FROM partitions WHERE topic = ?1");
//   query.bind(1, topic);
//   while (*query.step()) use(query.number(0));

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace wiremill::local {

/// A prepared statement in use. Threads: one. Borrows: its Database. Bound bytes are copied.
class Query {
 public:
  Query(sqlite3* connection, sqlite3_stmt* statement, base::Result<void> prepared)
      : connection_(connection), statement_(statement), ready_(std::move(prepared)) {}
  ~Query();
  Query(const Query&) = delete;  // the statement belongs to one use at a time
  Query& operator=(const Query&) = delete;

  void bind(int place, std::int64_t number);
  void bind(int place, std::string_view bytes);
  void bind(int place, const std::optional<std::string>& bytes);

  /// The next row: true when there is one. Errors: transient (disk full, input/output), fatal.
  [[nodiscard]] base::Result<bool> step();
  /// Runs a statement that gives no rows, and makes it ready to be bound again.
  [[nodiscard]] base::Result<void> run();
  /// Makes it ready to be bound again before all rows were seen.
  void reset() { sqlite3_reset(statement_); }

  std::int64_t number(int column) const;
  std::string bytes(int column) const;
  bool is_null(int column) const;

 private:
  sqlite3* connection_;
  sqlite3_stmt* statement_;
  base::Result<void> ready_;
};

/// Threads: one at a time. Owns: the connection.
class Database {
 public:
  /// Opens or makes the file (":memory:" for none) and sets it durable.
  [[nodiscard]] static base::Result<Database> open(const std::string& path);

  /// The statement, prepared once. Requires: `sql` is a literal, and no other use of it is alive.
  Query query(const char* sql);
  /// Runs statements that take and give nothing.
  [[nodiscard]] base::Result<void> run(const char* sql);

 private:
  struct Close {
    void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3, Close> connection_;
  std::map<const char*, std::unique_ptr<sqlite3_stmt, Finalize>> statements_;
};

/// BEGIN … COMMIT; rolls back when destroyed before commit(). Requires: no other is alive.
class Transaction {
 public:
  [[nodiscard]] static base::Result<Transaction> begin(Database& database);
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;  // one transaction, one scope
  ~Transaction();
  [[nodiscard]] base::Result<void> commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace wiremill::local

#pragma once
// The command line.

namespace wiremill::cli {

/// Runs the program; the result is its exit status (cli/exit_code.h).
int run(int argc, char** argv);

}  // namespace wiremill::cli

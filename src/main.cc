#include "cli/cli.h"

int main(int argc, char** argv) { return wiremill::cli::run(argc, argv); }

// Reads the arguments of the program `foyer` and runs the command of commands.hpp that they name. Its exit code is the
// program's; arguments that make no sense end with one clear line on standard error.
#pragma once

namespace foyer {

int run_command_line(int argument_count, char** arguments);

}  // namespace foyer

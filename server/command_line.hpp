// The sub-commands of the program `foyer`; see README for what each does. Each returns its exit code: 0 done,
// 1 failed with one clear line on standard error.
#pragma once

namespace foyer {

int run_command_line(int argument_count, char** arguments);

}  // namespace foyer

#include "server/command_line.hpp"

int main(int argument_count, char** arguments) { return foyer::run_command_line(argument_count, arguments); }

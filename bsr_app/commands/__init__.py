"""The subcommands of `bsr`, one module each.

A module has `add_arguments(parser)` and `run(args) -> int`, the exit code.  It is imported only
when its command is asked for, and imports what is heavy only in `run`.  What is wrong with the
arguments is told by `args.parser.error(sentence)`, which ends the program with code 2.
"""

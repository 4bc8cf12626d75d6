"""The index of the register behind one interface: in the process, or a process of its own on a Unix socket."""

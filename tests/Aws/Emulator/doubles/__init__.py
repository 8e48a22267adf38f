"""What really happens when AWS is asked: jobs train, tasks run, functions are invoked, events arrive.

Each double has `start` and `close`; it hangs itself into moto when it is made.
"""

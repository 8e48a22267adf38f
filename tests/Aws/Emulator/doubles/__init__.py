"""Gives effects to calls of AWS: jobs train, tasks run, functions are invoked, events arrive.

Each double has `start` and `close`; it attaches itself to moto when it is created.
"""

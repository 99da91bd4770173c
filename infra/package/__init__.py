"""`make package`: the code as one zip for Lambda, the resources as one template, the front ends.

The same input gives the same bytes, wherever and whenever it is packaged.
"""

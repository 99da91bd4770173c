"""The local stack: an embedded AWS, a gateway hosting the app, and the launcher of both."""

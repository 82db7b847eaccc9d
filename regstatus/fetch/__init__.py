"""The polite HTTP client: requests in, pages out, every outcome named. Only this package asks hosts.

    for request, page in fetch_many(requests, settings, now=clock):
        ...

The package itself loads nothing: whoever wants the settings alone is spared the HTTP library.
"""

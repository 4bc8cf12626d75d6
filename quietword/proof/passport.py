"""What a browser and the proxies before it say of somebody: addresses, browser, device, and where they have been."""

from base64 import b64encode
from urllib.parse import quote

from quietword.proof.canaries import Canaries, Kind

_BROWSER = (
    "Accept-Language",
    "Sec-CH-UA",
    "Sec-CH-UA-Platform",
    "Sec-CH-UA-Platform-Version",
    "Sec-CH-UA-Model",
    "Sec-CH-UA-Full-Version-List",
    "Sec-CH-UA-Arch",
    "Sec-CH-Viewport-Width",
    "Device-Memory",
    "Save-Data",
    "Accept",
)
_TRAIL = ("Via", "From", "X-Requested-With", "X-Request-ID", "Traceparent", "X-Nobody-Knows-This-One")
_ONE_ADDRESS = ("X-Real-IP", "True-Client-IP", "CF-Connecting-IP", "X-Client-IP", "X-Cluster-Client-IP")


def who_asks(canaries: Canaries, turn: str) -> dict[str, str]:
    """The headers of one browser behind somebody's proxy, each with something to be known by."""
    headers = {name: canaries.plant(f"{name} ({turn})", Kind.BROWSER, "{}/5.0 \xf6") for name in _BROWSER}
    headers["User-Agent"] = canaries.plant(f"User-Agent ({turn})", Kind.BROWSER, "{}/5.0 \xf6", digested=True)
    headers |= {name: canaries.plant(f"{name} ({turn})", Kind.TRAIL) for name in _TRAIL}
    headers["Referer"] = canaries.plant(f"Referer ({turn})", Kind.TRAIL, "https://gossip.example/{}?about=us")
    headers["Origin"] = canaries.plant(f"Origin ({turn})", Kind.TRAIL, "https://{}.example")
    headers["Sec-Fetch-Site"] = "same-origin"  # believed before an Origin: without it this one's pages are refused
    headers["Cookie"] = canaries.plant(f"Cookie ({turn})", Kind.TRAIL, "session={}; seen=yes")
    # As programs put things away that are not plain letters.
    coded = canaries.plant(f"a header in base64 ({turn})", Kind.TRAIL, "known: {} \xf6")
    headers["X-Client-Data"] = b64encode(coded.encode()).decode()
    coded = canaries.plant(f"a header in URL coding ({turn})", Kind.TRAIL, "known: {} \xf6")
    headers["X-Client-State"] = quote(coded)
    coded = canaries.plant(f"a header in hex ({turn})", Kind.TRAIL)
    headers["X-Client-Digest"] = coded.encode().hex()
    headers["Authorization"] = (
        "Basic " + b64encode(canaries.plant(f"Authorization ({turn})", Kind.TRAIL, "me:{}").encode()).decode()
    )
    headers[canaries.plant(f"name of a header ({turn})", Kind.BROWSER, "X-{}")] = "1"
    for name in _ONE_ADDRESS:
        headers[name] = canaries.plant_address(f"{name} ({turn})")
    near = canaries.plant_address(f"X-Forwarded-For, first ({turn})", digested=True)
    far = canaries.plant_address(f"X-Forwarded-For, second ({turn})", v6=True)
    headers["X-Forwarded-For"] = f"{near}, {far}"
    sender = canaries.plant_address(f"Forwarded, for ({turn})", digested=True)
    proxy = canaries.plant_address(f"Forwarded, by ({turn})", v6=True)
    headers["Forwarded"] = f'for={sender};proto=https;by="[{proxy}]"'
    return headers

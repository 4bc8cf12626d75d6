"""A person with a browser, as the tests know one: every page it fetches is checked before anybody looks at it.

    person = PageClient(app)
    person.page("/")                                    # GET, 200 expected, checked
    person.submit(street="Mill Lane", button="Continue")    # fills in and posts the form of the last page
    assert person.errors() == []
    person.sees("Check your answers")

What is checked of each page: the status, strict HTML 5, one title, one h1, a language, a label on every input, ids
that are unique and labels that point at them, the closed headers, no inline style, script or handler, and nothing
loaded from anywhere else.
"""

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from html5lib.html5parser import ParseError
from werkzeug.test import TestResponse

from web.headers import HEADERS

REDIRECTS = {301, 302, 303, 307, 308}
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
LOADING = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "src", "form": "action"}
NAMES_ITSELF = ("aria-label", "aria-labelledby", "title")
FOLLOWED_AT_MOST = 5


class PageError(AssertionError):
    """A page that breaks one of the rules that hold for every page."""


def text_of(element: Element) -> str:
    """The words inside an element, with white space as a reader sees it."""
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def check_page(html: bytes, headers: Mapping[str, str]) -> Element:
    """Parse a page strictly and check what must hold for every page; return its root element.

    Raises PageError with what is wrong.
    """
    _check_headers(headers)
    try:
        page: Element = html5lib.HTMLParser(
            strict=True, tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False
        ).parse(html, transport_encoding="utf-8")
    except ParseError as error:
        raise PageError(f"Not valid HTML: {error}\n{html.decode('utf-8', 'replace')}") from error
    _check_outline(page)
    _check_ids_and_labels(page)
    _check_nothing_inline(page)
    return page


def _must(holds: object, problem: str) -> None:
    if not holds:
        raise PageError(problem)


def _check_headers(headers: Mapping[str, str]) -> None:
    _must(headers.get("Content-Type", "") == "text/html; charset=utf-8", "The page is not HTML in UTF-8")
    for name, value in HEADERS.items():
        _must(headers.get(name) == value, f"The header {name} is missing or changed")
    _must(headers.get("Cache-Control") == "no-store", "A browser may keep this page")
    for name in ("ETag", "Last-Modified", "Server"):
        _must(name not in headers, f"The page has the header {name}")


def _check_outline(page: Element) -> None:
    _must(page.get("lang"), "The page does not say its language")
    titles = page.findall(".//head/title")
    _must(len(titles) == 1 and text_of(titles[0]), "The page needs exactly one title")
    headings = page.findall(".//h1")
    _must(len(headings) == 1 and text_of(headings[0]), f"The page has {len(headings)} h1, not one")
    _must(len(page.findall(".//main")) == 1, "The page needs exactly one main")


def _check_ids_and_labels(page: Element) -> None:
    ids = [one.get("id", "") for one in page.iter() if one.get("id") is not None]
    twice = {one for one in ids if ids.count(one) > 1}
    _must(not twice, f"Ids stand twice: {', '.join(sorted(twice))}")
    _must("" not in ids, "An id is empty")
    known = set(ids)
    labelled: set[str] = set()
    for label in page.findall(".//label"):
        target = label.get("for")
        _must(target is None or target in known, f"A label points at {target!r}, which is not there")
        _must(text_of(label), "A label is empty")
        labelled.add(target or "")
        labelled.update(inner.get("id", "") for inner in label.iter())
    for element in page.iter():
        for name in ("aria-describedby", "aria-labelledby", "aria-controls"):
            missing = set(element.get(name, "").split()) - known
            _must(not missing, f"{name} points at {', '.join(missing)}, which is not there")
        if element.tag == "a" and element.get("href", "").startswith("#") and len(element.get("href", "")) > 1:
            _must(element.get("href", "")[1:] in known, f"A link points at {element.get('href')}, which is not there")
        if element.tag not in {"input", "textarea", "select"} or element.get("type") in UNLABELLED:
            continue
        named = any(element.get(name) for name in NAMES_ITSELF)
        _must(named or element.get("id") in labelled, f"The {element.tag} {element.get('name')!r} has no label")
    for element in (*page.findall(".//button"), *page.findall(".//a[@href]")):
        words = text_of(element) or element.get("aria-label")
        _must(words, f"A {element.tag} has no words")
    for image in page.findall(".//img"):
        _must(image.get("alt") is not None, "An image has no alternative text")
    for fieldset in page.findall(".//fieldset"):
        _must(fieldset.find("legend") is not None, "A fieldset has no legend")


def _check_nothing_inline(page: Element) -> None:
    for element in page.iter():
        _must(element.tag != "style", "The page has a style of its own")
        if element.tag == "script":
            _must(element.get("src") and not text_of(element), "The page has a script of its own")
        for name in element.keys():  # noqa: SIM118 - an Element is not a mapping
            _must(name != "style" and not name.lower().startswith("on"), f"{element.tag} has the attribute {name}")
        address = element.get(LOADING.get(str(element.tag), ""), "")
        _must(not urlsplit(address).netloc, f"The page loads {address} from elsewhere")
        if element.tag == "a":
            href = element.get("href", "")
            _must(urlsplit(href).scheme in {"", "https", "tel", "mailto"}, f"A link leads to {href}")
            if urlsplit(href).netloc:
                _must("noreferrer" in element.get("rel", ""), f"The link to {href} tells where it was followed")


class PageClient:
    """Flask's test client, holding the last page it saw."""

    def __init__(self, app: Flask, *, address: str = "203.0.113.7", secure: bool = False) -> None:
        self.client = app.test_client()
        self.base_url = f"{'https' if secure else 'http'}://localhost/"
        self._environ = {"REMOTE_ADDR": address}
        self.path = "/"
        # Why they open a report that somebody has read before; None: the page that asks is a page to look at.
        self.says_why: str | None = "to assess, grade or link it"
        self.response: TestResponse
        self.root: Element

    def page(self, path: str, *, status: int = 200) -> Element:
        """Fetch a page, following redirects, and check it; return its root element."""
        return self._seen(self._send("GET", path), path, status)

    def post(self, path: str, fields: Mapping[str, object] | list[tuple[str, object]], *, status: int = 200) -> Element:
        """Post fields as given, without looking at any form; follow redirects and check the page that comes."""
        return self._seen(self._send("POST", path, fields), path, status)

    def submit(
        self,
        fields: Mapping[str, object] | None = None,
        *,
        button: str | None = None,
        status: int = 200,
        **more: object,
    ) -> Element:
        """Fill in the form of the last page and press a button of it, named by its words or its value.

        Hidden fields and what stands in the form already are carried as a browser would carry them. A value may be
        a list (checkboxes), a tuple ``(stream, file name)`` (a file) or None (leave the field out). Where a page
        has several forms, the one with the button is meant, or else the first that has all the named fields.
        """
        wanted = {**(fields or {}), **more}
        form, pressed = self._form_with(button, set(wanted))
        sent = [(name, value) for name, value in _standing(form) if name not in wanted]
        for name, value in wanted.items():
            sent.extend((name, one) for one in (value if isinstance(value, list) else [value]) if one is not None)
        if pressed is not None and pressed.get("name"):
            sent.append((pressed.get("name", ""), pressed.get("value", "")))
        action = (pressed.get("formaction") if pressed is not None else None) or form.get("action") or self.path
        path = urljoin(self.path, action)
        if form.get("method", "get").lower() == "get":
            return self._seen(self._send("GET", path, sent), path, status)
        return self._seen(self._send("POST", path, sent), path, status)

    def follow(self, words: str, *, status: int = 200) -> Element:
        """Follow the link whose words these are, on our own site."""
        for link in self.root.findall(".//a[@href]"):
            if words in text_of(link):
                return self.page(urljoin(self.path, link.get("href", "")), status=status)
        raise PageError(f"No link says {words!r}")

    def errors(self) -> list[str]:
        """What the error summary of the last page lists."""
        return [
            text_of(item)
            for summary in _with_class(self.root, "govuk-error-summary")
            for item in summary.findall(".//li")
        ]

    def value(self, name: str) -> str:
        """What stands in a field of the last page."""
        for form in self.root.findall(".//form"):
            for field, standing in _standing(form):
                if field == name:
                    return str(standing)
        raise PageError(f"No field is named {name!r}")

    def heading(self) -> str:
        """The h1 of the last page."""
        return text_of(self.root.findall(".//h1")[0])

    def text(self) -> str:
        """All words of the last page's main part."""
        return text_of(self.root.findall(".//main")[0])

    def sees(self, words: str) -> None:
        """Fail unless these words stand in the last page."""
        _must(words in self.text(), f"The page does not say {words!r}. It says: {self.text()}")

    def does_not_see(self, words: str) -> None:
        """Fail where these words stand in the last page's source, shown or not."""
        _must(words not in self.response.text, f"The page says {words!r}")

    def _send(
        self, method: str, path: str, fields: Mapping[str, object] | list[tuple[str, object]] | None = None
    ) -> TestResponse:
        items = list(fields.items()) if isinstance(fields, Mapping) else list(fields or [])
        data: dict[str, list[object]] = {}
        for name, value in items:
            data.setdefault(name, []).append(value)
        if method == "GET":
            return self.client.get(
                path, query_string=data or None, base_url=self.base_url, environ_overrides=dict(self._environ)
            )
        return self.client.post(path, data=data, base_url=self.base_url, environ_overrides=dict(self._environ))

    def _seen(self, response: TestResponse, path: str, status: int) -> Element:
        for _ in range(FOLLOWED_AT_MOST):
            if response.status_code not in REDIRECTS:
                break
            target = urlsplit(urljoin(urljoin(self.base_url, path), response.headers["Location"]))
            _must(target.netloc == "localhost", f"Redirected away to {target.geturl()}")
            path = target.path + (f"?{target.query}" if target.query else "")
            response = self._send("GET", path)
        self.response, self.path = response, path
        if self.says_why and urlsplit(path).path.endswith("/why") and response.status_code == HTTPStatus.OK:
            self.root = check_page(response.data, dict(response.headers))
            return self.submit(reason=self.says_why, button="Open the report", status=status)
        _must(
            response.status_code == status,
            f"{path} answered {response.status}, not {status}:\n{response.text[:4000]}",
        )
        self.root = check_page(response.data, dict(response.headers))
        return self.root

    def _form_with(self, button: str | None, names: set[str]) -> tuple[Element, Element | None]:
        forms = self.root.findall(".//form")
        for form in forms:
            pressable = [one for one in self.root.iter() if _is_button(one) and self._owner(one, forms) is form]
            for one in pressable:
                if button is not None and button in {text_of(one), one.get("value")}:
                    return form, one
            has = {str(one.get("name")) for one in form.iter() if one.get("name")}
            if button is None and names <= has:
                return form, pressable[0] if pressable else None
        raise PageError(f"No form has {f'the button {button!r}' if button else f'the fields {sorted(names)}'}")

    def _owner(self, button: Element, forms: list[Element]) -> Element | None:
        """The form that a button sends: the one it names, or else the one it stands in."""
        if button.get("form") is not None:
            return next((form for form in forms if form.get("id") == button.get("form")), None)
        return next((form for form in forms if button in set(form.iter())), None)


def _is_button(element: Element) -> bool:
    if element.tag == "button":
        return element.get("type", "submit") == "submit" and element.get("disabled") is None
    return element.tag == "input" and element.get("type") == "submit"


def _with_class(root: Element, name: str) -> list[Element]:
    return [element for element in root.iter() if name in element.get("class", "").split()]


def _standing(form: Element) -> Iterator[tuple[str, object]]:
    """The names and values a browser would send of a form that nobody touched, without its buttons and files."""
    for element in form.iter():
        name, kind = element.get("name"), element.get("type", "text")
        if not name or element.get("disabled") is not None:
            continue
        if element.tag == "textarea":
            yield name, "".join(element.itertext())
        elif element.tag == "select":
            options = element.findall(".//option")
            chosen = [one for one in options if one.get("selected") is not None] or options[:1]
            for option in chosen:
                yield name, option.get("value", text_of(option))
        elif element.tag == "input" and kind in {"checkbox", "radio"}:
            if element.get("checked") is not None:
                yield name, element.get("value", "on")
        elif element.tag == "input" and kind not in {"submit", "button", "file", "image", "reset"}:
            yield name, element.get("value", "")

"""The front ends' files as the gateway serves them."""

from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from infra.local.static import PANEL_HEADERS, Folder
from tests.local.conftest import async_test, gateway
from tests.local.toy import make_app


@async_test
async def test_the_demo_shop_is_at_the_root_and_asks_nobody_else() -> None:
    async with gateway(make_app()) as client:
        response = await client.get("/")

        page = await response.text()
        assert response.headers["Content-Type"].startswith("text/html")
        assert response.headers["Cache-Control"] == "no-cache"
        assert "/widget/loader.js" in page
        assert "http://" not in page
        assert "https://" not in page


def test_files_are_compressed_revalidated_and_kept_inside(tmp_path: Path) -> None:
    @async_test
    async def scenario() -> None:
        root = tmp_path / "dist"
        (root / "assets").mkdir(parents=True)
        (root / "index.html").write_text("<p>panel</p>")
        (root / "assets/app-1a2b.js").write_text("let a;" * 100)
        (tmp_path / "outside.txt").write_text("secret")
        site = web.Application()
        site.router.add_get("/panel/{path:.*}", Folder(root, PANEL_HEADERS).handle)
        async with TestClient(TestServer(site)) as client:
            page = await client.get("/panel/")
            script = await client.get("/panel/assets/app-1a2b.js")

            assert await page.text() == "<p>panel</p>"
            assert "default-src 'none'" in page.headers["Content-Security-Policy"]
            assert page.headers["X-Content-Type-Options"] == "nosniff"
            assert script.headers["Content-Encoding"] == "gzip"
            assert "immutable" in script.headers["Cache-Control"]
            assert await script.text() == "let a;" * 100
            same = await client.get("/panel/", headers={"If-None-Match": page.headers["ETag"]})
            assert same.status == 304
            for path in ("/panel/absent", "/panel/..%2foutside.txt", "/panel/assets"):
                assert (await client.get(path)).status == 404

            (root / "index.html").write_text("<p>newer</p>")
            assert await (await client.get("/panel/")).text() == "<p>newer</p>"

    scenario()

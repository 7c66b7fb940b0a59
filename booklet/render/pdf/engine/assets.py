"""Gives the engine what it asks for by URL: pictures and faces, from memory. Everything else is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from mimetypes import guess_type

from weasyprint.urls import URLFetcher, URLFetcherResponse

from booklet.fonts import LoadedFace
from booklet.fonts.files import single_face_bytes
from booklet.model import ImageAsset
from booklet.render.chapters.pictures import all_files
from booklet.render.pdf.trees.names import BASE_URL, FACES, IMAGES


class AssetFetcher(URLFetcher):  # type: ignore[misc]
    """Serves `images/<name>` and `faces/<name>` below `BASE_URL`."""

    def __init__(self, images: Mapping[str, ImageAsset], faces: Iterable[LoadedFace]) -> None:
        super().__init__(allowed_protocols=())
        self._images = {asset.name: asset for asset in all_files(images)}
        self._faces = {face.file_name: face for face in faces}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002 - as called
        """Answer a request.

        Raises:
            ValueError: the address is not an asset of this booklet.
        """
        name = url.removeprefix(BASE_URL)
        if name.startswith(IMAGES) and (asset := self._images.get(name.removeprefix(IMAGES))):
            return URLFetcherResponse(url, asset.data, {"Content-Type": asset.media_type})
        if name.startswith(FACES) and (face := self._faces.get(name.removeprefix(FACES))):
            media_type = guess_type(face.file_name)[0] or "font/otf"
            return URLFetcherResponse(
                url, single_face_bytes(face.path, face.index), {"Content-Type": media_type}
            )
        raise ValueError("not an asset of this booklet")

"""Static files under names that carry their digest, module imports included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """WhiteNoise's storage, following `import` between modules of ours too."""

    support_js_module_import_aggregation = True

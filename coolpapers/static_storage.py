"""How style sheets and scripts are stored: compressed, and under names that change with their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Also names the modules that a script imports by their content, so that no browser mixes old and new ones."""

    support_js_module_import_aggregation = True

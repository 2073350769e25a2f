"""Read the SDMX files of a publication with pysdmx, which holds them to their structure.

Run by `make validate`, in an environment of its own. Usage: python tests/validators/sdmx_files.py FOLDER
"""

import sys
from pathlib import Path

from pysdmx.io import get_datasets


def main(folder: Path) -> None:
    """Exit with what is wrong, or say how many observations were read."""
    (dataset,) = get_datasets(folder / "observations.csv", folder / "structure.json", validate=True)
    key = [component.id for component in dataset.structure.components.dimensions]
    if dataset.data.duplicated(key).any():
        sys.exit("two observations have one key")
    for component in dataset.structure.components:
        if component.enumeration:
            unknown = set(dataset.data[component.id]) - {code.id for code in component.enumeration.codes}
            if unknown:
                sys.exit(f"{component.id}: {', '.join(sorted(unknown)[:5])} stand in no code list")
    print(f"{len(dataset.data):,} observations of {dataset.short_urn} keep their structure")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

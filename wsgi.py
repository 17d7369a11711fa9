"""The door that a WSGI server and the flask command open."""

import sys

from knowledgebase.app import create_app
from knowledgebase.config import WrongSetting

try:
    app = create_app()
except WrongSetting as error:
    sys.exit(f"Settings: {error}")

"""Who publishes BSR: placeholders, which a publisher replaces here and nowhere else.

The domain example.org belongs to nobody (RFC 2606), so that no real publisher is named by mistake.
"""

APP_ID = "org.example.BSR"  # the publisher's domain, reversed, and the program's name
PUBLISHER = "The developers of BSR"
MAINTAINER = f"{PUBLISHER} <bsr@example.org>"

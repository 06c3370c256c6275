"""From what an app asks for to exact packages: which provider supplies each, and all below them."""

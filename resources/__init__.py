"""BSR's files beside the code: models, icons, sample pictures, licences."""

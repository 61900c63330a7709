from training.published import PUBLISHED, set5_psnr


def test_a_network_is_found_by_its_name_and_scale():
    assert set5_psnr("FSRCNN", 2) == 37.00
    assert set5_psnr("FSRCNN", 4) == 30.71


def test_what_nobody_could_find_is_not_known():
    assert set5_psnr("ECBSR-M10C32", 2) is None
    assert set5_psnr("FSRCNN", 16) is None


def test_what_was_not_looked_up_says_so():
    cited = [
        known for networks in PUBLISHED.values() for known in networks if "ECBSR" in known.label
    ]
    assert cited
    assert all("not checked" in known.label for known in cited)

import pytest
import torch

from training.muon import Muon, orthogonal


@pytest.mark.parametrize("shape", [(3, 64, 576), (2, 8, 72), (2, 96, 10), (1, 1, 9)])
def test_singular_values_become_about_one_and_vectors_stay(shape):
    torch.manual_seed(0)
    given = torch.randn(shape) * torch.tensor([1e-6, 1.0, 1e3])[: shape[0], None, None]
    made = orthogonal(given)
    left, _, right = torch.linalg.svd(given, full_matrices=False)
    middle = left.mT @ made @ right.mT
    values = middle.diagonal(dim1=1, dim2=2)
    assert values.min() > 0.6 and values.max() < 1.25
    assert (middle - torch.diag_embed(values)).abs().max() < 0.05


def test_no_gradient_moves_nothing():
    assert torch.equal(orthogonal(torch.zeros(2, 4, 9)), torch.zeros(2, 4, 9))


def test_steps_are_those_of_pytorch_for_each_layer():
    torch.manual_seed(0)
    filters = [torch.randn(8, 4, 3, 3) for _ in range(3)]
    matrices = [each.flatten(1).clone() for each in filters]
    ours = Muon(filters, 0.02)
    theirs = torch.optim.Muon(matrices, lr=0.02, weight_decay=0, adjust_lr_fn="match_rms_adamw")
    begun = torch.stack(matrices).clone()
    for _ in range(4):
        for each, matrix in zip(filters, matrices, strict=True):
            each.grad = torch.randn_like(each)
            matrix.grad = each.grad.flatten(1)
        ours.step()
        theirs.step()
    moved = torch.stack(filters).flatten(2) - begun
    expected = torch.stack(matrices) - begun
    assert (moved - expected).abs().max() < 0.02 * expected.abs().max()

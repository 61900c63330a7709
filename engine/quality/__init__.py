"""How good a picture is: metrics, MATLAB's imresize, and scores of whole folders."""

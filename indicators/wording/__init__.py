"""What words and figures stand for: the words of a statement or of a printed cell, and the interval of true values they allow."""

"""Information rounds: each agency is asked what it holds, for a purpose and on a basis; it answers, with nothing to hold or with words, or it does not. Nothing is written over."""

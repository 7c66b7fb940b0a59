"""Do the tests notice small changes of the product? `README.md` here says how that is measured."""

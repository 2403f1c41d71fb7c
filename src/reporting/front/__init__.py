"""What notebooks import, behind the functions of the package itself: `k`, in the analyst's words. It decides nothing."""

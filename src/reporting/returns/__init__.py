"""The sender's own workbook marked where something is wrong, with a letter, to be sent back."""

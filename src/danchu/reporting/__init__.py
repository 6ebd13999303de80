"""From records to a report whose every figure can be traced."""

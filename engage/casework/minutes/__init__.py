"""What meetings decide: decisions with reasons, who did not agree, and the minutes. Nothing is written over."""

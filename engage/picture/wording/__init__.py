"""Which wordings blame a child for what others do, what is better, and why? They are noticed as staff type, kindly and never in the way, and
counted by theme and agency in what partners send. No text is altered, and no count says who wrote it."""

"""The made-up town's team in the middle of its week: cases in every state, meetings, actions, what was asked and not answered. Made through the doors that workers use."""

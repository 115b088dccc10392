"""The recorder of the sample data: people with habits, and an agent, work in the office apps in a real Chromium."""

"""What people write in an issue, or a registry that ages, in; files for a pull request, or words to people, out."""

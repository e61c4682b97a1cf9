"""Court papers (文书): what stands on them. The window only shows and prints it."""

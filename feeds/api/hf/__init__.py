"""The daily papers API that clients of Hugging Face's know, answered from Broadsheet's papers."""

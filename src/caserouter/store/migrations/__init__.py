"""Every schema that was released, each as the SQL that makes it from the one before."""

"""One file per screen, each thin: queries to widgets and charts. Views never import each other."""

"""Who can make what: questions about designs, requests and the hubs that could do them."""

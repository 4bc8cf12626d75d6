"""What both programs’ pages stand on: forgetting who asks, closed headers, forms, safe text and the look."""

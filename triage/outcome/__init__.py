"""What came of a referral, and the notices that go back to a receipt."""

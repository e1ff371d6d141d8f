"""The CRM store: records, permissions, units of work, audit and undo, conversations, inbox and outbox."""

namespace NaaS.Fulfilment;

/// <summary>What was asked for cannot be done; nothing has been delivered. The message is for the customer: plain words, no stack, no secret.</summary>
public abstract class RefusalException(string message, Exception? inner = null) : Exception(message, inner);

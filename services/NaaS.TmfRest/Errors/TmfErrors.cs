namespace NaaS.TmfRest.Errors;

/// <summary>The resource does not exist: 404, code 60.</summary>
public sealed class ResourceNotFoundException(string resource, string id) : TmfException(404, "60", "Resource not found", $"No {resource} {id}");

/// <summary>The body is missing: 400, code 21.</summary>
public sealed class MissingBodyException() : TmfException(400, "21", "Missing body", "A JSON body is required");

/// <summary>The body is not what JSON or the media type demand: 400, code 22.</summary>
public sealed class InvalidBodyException(string message) : TmfException(400, "22", "Invalid body", message);

/// <summary>Mandatory attributes are missing: 400, code 23.</summary>
public sealed class MissingBodyFieldException(string message) : TmfException(400, "23", "Missing body field", message);

/// <summary>Attributes have values that they must not have: 400, code 24. The message names each.</summary>
public sealed class InvalidBodyFieldException(string message) : TmfException(400, "24", "Invalid body field", message);

/// <summary>A header has a value that it must not have: 400, code 26.</summary>
public sealed class InvalidHeaderException(string message) : TmfException(400, "26", "Invalid header value", message);

/// <summary>A query parameter is unknown or has a wrong value: 400, code 28.</summary>
public sealed class InvalidQueryException(string message) : TmfException(400, "28", "Invalid query-string parameter value", message);

/// <summary>Only application/json is produced: 406.</summary>
public sealed class NotAcceptableException() : TmfException(406, "62", "Not acceptable", "Only application/json is produced");

/// <summary>The resource's state does not allow it: 409.</summary>
public sealed class ResourceConflictException(string message) : TmfException(409, "conflict", "Conflict", message);

/// <summary>The resource has changed since the client read it: 412.</summary>
public sealed class PreconditionFailedException(string message) : TmfException(412, "precondition", "Precondition failed", message);

/// <summary>The body's media type cannot be read: 415.</summary>
public sealed class UnsupportedMediaTypeException(string message) : TmfException(415, "mediaType", "Unsupported media type", message);

/// <summary>Valid by itself, but cannot be done: 422.</summary>
public sealed class UnprocessableException(string message) : TmfException(422, "2", "Unprocessable entity", message);

/// <summary>A part of the standard that is not offered: 501.</summary>
public sealed class NotOfferedException(string message) : TmfException(501, "notImplemented", "Not implemented", message);

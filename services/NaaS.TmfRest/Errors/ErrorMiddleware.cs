using Microsoft.AspNetCore.WebUtilities;
using NaaS.Tmf.Json;
using NaaS.Tmf.Shared;
using NaaS.TmfRest.Routes;

namespace NaaS.TmfRest.Errors;

/// <summary>The one place where errors become answers: every 4xx and 5xx gets the TMF Error body.</summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (TmfException exception) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, exception.Status, exception.Code, exception.Reason, exception.Message);
            return;
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, exception.StatusCode, null, null, exception.Message);
            return;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            LogUnexpected(exception, context.Request.Method, context.Request.Path);
            await WriteAsync(context, StatusCodes.Status500InternalServerError, "1", "Internal error", "The request could not be processed; the log has the cause");
            return;
        }

        if (context.Response.StatusCode >= StatusCodes.Status400BadRequest && !context.Response.HasStarted && context.Response.ContentLength is null or 0
            && string.IsNullOrEmpty(context.Response.ContentType))
        {
            await WriteAsync(context, context.Response.StatusCode, null, null, null);
        }
    }

    private static Task WriteAsync(HttpContext context, int status, string? code, string? reason, string? message)
    {
        var (standardCode, standardReason, standardMessage) = Standard(context, status);
        var error = new Error
        {
            Code = code ?? standardCode,
            Reason = reason ?? standardReason,
            Message = message ?? standardMessage,
            Status = $"{status}",
            Type = nameof(Error),
        };
        context.Response.StatusCode = status;
        return JsonAnswer.WriteAsync(context.Response, TmfJson.Write(error));
    }

    private static (string Code, string Reason, string Message) Standard(HttpContext context, int status) => status switch
    {
        StatusCodes.Status400BadRequest => ("22", "Invalid body", "The request is malformed"),
        StatusCodes.Status401Unauthorized => Unauthorized(context),
        StatusCodes.Status403Forbidden => ("50", "Access denied", "The token does not carry the scope that this operation needs"),
        StatusCodes.Status404NotFound => ("60", "Resource not found", $"There is nothing at {context.Request.Path}"),
        StatusCodes.Status405MethodNotAllowed => ("61", "Method not allowed", $"{context.Request.Method} is not allowed at {context.Request.Path}"),
        StatusCodes.Status413PayloadTooLarge => ("size", "Payload too large", "The body is larger than this server reads"),
        StatusCodes.Status415UnsupportedMediaType => ("mediaType", "Unsupported media type", $"{context.Request.ContentType} cannot be read here"),
        StatusCodes.Status429TooManyRequests => ("53", "Too many requests", "Try again later"),
        _ => ($"{status}", ReasonPhrases.GetReasonPhrase(status), ReasonPhrases.GetReasonPhrase(status)),
    };

    private static (string Code, string Reason, string Message) Unauthorized(HttpContext context)
    {
        var challenge = context.Response.Headers.WWWAuthenticate.ToString();
        return challenge.Contains("expired", StringComparison.Ordinal) ? ("42", "Expired credentials", "The token has expired")
            : challenge.Contains("invalid_token", StringComparison.Ordinal) ? ("41", "Invalid credentials", "The token is not valid")
            : ("40", "Missing credentials", "Bearer token required");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogUnexpected(Exception exception, string method, PathString path);
}

using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using NaaS.TmfRest.Routes;

namespace NaaS.TmfRest.Security;

/// <summary>Bounds how fast one caller may ask, so that none slows the others.</summary>
internal sealed class RateLimit(IOptions<TmfOptions> options) : IConfigureOptions<RateLimiterOptions>
{
    private const int BurstSeconds = 10;

    public void Configure(RateLimiterOptions limiter)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        var perSecond = options.Value.RequestsPerSecond;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => perSecond == 0 || context.Request.Path.StartsWithSegments("/health")
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetTokenBucketLimiter(Key(context), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = perSecond * BurstSeconds,
                TokensPerPeriod = perSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            }));
    }

    private static string Key(HttpContext context) =>
        context.User.Identity?.IsAuthenticated == true ? Caller.Of(context).Subject : $"{context.Connection.RemoteIpAddress}";
}

namespace NaaS.Helm.Go;

/// <summary>A date and a time of day in the proleptic Gregorian calendar; unlike <see cref="DateTime"/> it knows the year 0 and years beyond 9999.</summary>
internal readonly record struct GoDate(long Year, int Month, int Day, int Hour, int Minute, int Second)
{
    private const long SecondsPerDay = 86400;

    /// <summary>From seconds since 1970.</summary>
    public static GoDate From(long seconds)
    {
        long days = Math.DivRem(seconds, SecondsPerDay, out long rest);
        if (rest < 0)
        {
            (days, rest) = (days - 1, rest + SecondsPerDay);
        }
        // Years that begin in March, in eras of 400: Howard Hinnant's civil_from_days.
        long shifted = days + 719468;
        long era = Floor(shifted, 146097);
        long dayOfEra = shifted - era * 146097;
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long month = (5 * dayOfYear + 2) / 153;
        int day = (int)(dayOfYear - (153 * month + 2) / 5 + 1);
        month += month < 10 ? 3 : -9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return new GoDate(year, (int)month, day, (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
    }

    /// <summary>Seconds since 1970; months and days out of range carry over.</summary>
    public long Seconds => Days(Year, Month, Day) * SecondsPerDay + Hour * 3600 + Minute * 60 + Second;

    /// <summary>Day of the year, from 1.</summary>
    public int DayOfYear => (int)(Days(Year, Month, Day) - Days(Year, 1, 1)) + 1;

    /// <summary>Day of the week; Sunday is 0.</summary>
    public int DayOfWeek => (int)((Days(Year, Month, Day) + 4) % 7 + 7) % 7;

    /// <summary>Whether a year has a 29 February.</summary>
    public static bool IsLeap(long year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    /// <summary>Days of a month.</summary>
    public static int DaysInMonth(long year, int month) => (int)(Days(year, month + 1, 1) - Days(year, month, 1));

    private static long Days(long year, long month, long day)
    {
        long months = month - 1;
        year += Floor(months, 12);
        month = months - Floor(months, 12) * 12 + 1;
        long shifted = month <= 2 ? year - 1 : year;
        long era = Floor(shifted, 400);
        long yearOfEra = shifted - era * 400;
        long dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
    }

    private static long Floor(long a, long b) => a >= 0 ? a / b : (a - b + 1) / b;
}

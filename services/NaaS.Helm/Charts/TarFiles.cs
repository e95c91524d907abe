using System.Globalization;
using System.Text;

namespace NaaS.Helm.Charts;

/// <summary>
/// Reads a tar as Go's archive/tar does: v7, ustar, PAX and GNU headers. Unlike the one of .NET it believes no header's size before the bytes are
/// there: extended headers of more than a megabyte are refused, so that a few bytes cannot make the reader take gigabytes.
/// </summary>
internal sealed class TarFiles(Stream tar)
{
    private const int Block = 512;
    private const int MostSpecialBytes = 1024 * 1024;
    private readonly byte[] header = new byte[Block];
    private long unread;

    /// <summary>Goes to the next file or link; folders are passed over.</summary>
    /// <returns>Its name and the number of bytes that <see cref="Read"/> gives; null at the end.</returns>
    /// <exception cref="InvalidDataException">A header is damaged.</exception>
    public (string Name, long Size)? Next()
    {
        string? name = null;
        long? size = null;
        while (ReadHeader())
        {
            var length = Number(124, 12);
            switch ((char)header[156])
            {
                case 'x':
                    ReadRecords(Special(length), ref name, ref size);
                    break;
                case 'L':
                    name = Text(Special(length));
                    break;
                case 'g' or 'K' or 'X':
                    Special(length);
                    break;
                case 'S':
                    throw new InvalidDataException("sparse files are not supported");
                case var type:
                    name ??= Name();
                    length = type is >= '1' and <= '6' ? 0 : size ?? length;
                    unread = checked(length + ((Block - (length % Block)) % Block));
                    if (type is not ('5' or 'D') && !name.EndsWith('/'))
                    {
                        return (name, length);
                    }

                    (name, size) = (null, null);
                    break;
            }
        }

        return null;
    }

    /// <summary>Reads the bytes of the present file into the beginning of a buffer.</summary>
    public void Read(Span<byte> content)
    {
        tar.ReadExactly(content);
        unread -= content.Length;
    }

    private bool ReadHeader()
    {
        Skip();
        var got = tar.ReadAtLeast(header, Block, throwOnEndOfStream: false);
        if (got == 0 || (got == Block && header.AsSpan().IndexOfAnyExcept((byte)0) < 0))
        {
            return false;
        }

        return got == Block && IsSound() ? true : throw new InvalidDataException("invalid tar header");
    }

    private void Skip()
    {
        for (; unread > 0; unread -= Math.Min(unread, Block))
        {
            tar.ReadExactly(header.AsSpan(0, (int)Math.Min(unread, Block)));
        }
    }

    // Old writers summed signed bytes.
    private bool IsSound()
    {
        var wanted = Number(148, 8);
        int unsigned = 0, signed = 0;
        for (var i = 0; i < Block; i++)
        {
            var value = i is >= 148 and < 156 ? (byte)' ' : header[i];
            unsigned += value;
            signed += (sbyte)value;
        }

        return wanted == unsigned || wanted == signed;
    }

    private string Name()
    {
        var name = Text(header.AsSpan(0, 100));
        var isUstar = header.AsSpan(257, 6).SequenceEqual("ustar\0"u8);
        var prefix = isUstar ? Text(header.AsSpan(345, 155)) : "";
        return prefix.Length > 0 ? prefix + "/" + name : name;
    }

    private byte[] Special(long length)
    {
        if (length > MostSpecialBytes)
        {
            throw new InvalidDataException($"an extended tar header is larger than {MostSpecialBytes} bytes");
        }

        unread = length + ((Block - (length % Block)) % Block);
        var content = new byte[length];
        Read(content);
        Skip();
        return content;
    }

    // Records are "LENGTH key=value\n"; the length counts the whole record.
    private static void ReadRecords(ReadOnlySpan<byte> records, ref string? name, ref long? size)
    {
        while (!records.IsEmpty)
        {
            var blank = records.IndexOf((byte)' ');
            if (blank < 0 || !int.TryParse(records[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= blank + 1 || length > records.Length || records[length - 1] != '\n')
            {
                throw new InvalidDataException("invalid extended tar header");
            }

            var record = records[(blank + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            var key = equals < 0 ? throw new InvalidDataException("invalid extended tar header") : Encoding.UTF8.GetString(record[..equals]);
            var value = record[(equals + 1)..];
            switch (key)
            {
                case "path":
                    name = value.IsEmpty ? name : Text(value);
                    break;
                case "size":
                    size = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var given)
                        ? given
                        : throw new InvalidDataException("invalid size in an extended tar header");
                    break;
                case var _ when key.StartsWith("GNU.sparse.", StringComparison.Ordinal):
                    throw new InvalidDataException("sparse files are not supported");
            }

            records = records[length..];
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    /// <summary>A number of a header: octal digits, or binary where the first bit is set.</summary>
    private long Number(int at, int length)
    {
        var field = header.AsSpan(at, length);
        long number = 0;
        if ((field[0] & 0x80) != 0)
        {
            foreach (var (index, value) in field.ToArray().Index())
            {
                number = checked((number * 256) + (index == 0 ? value & 0x7f : value));
            }

            return number;
        }

        foreach (var digit in field.Trim(" \0"u8))
        {
            number = digit is >= (byte)'0' and <= (byte)'7' ? (number * 8) + (digit - '0') : throw new InvalidDataException("invalid number in a tar header");
        }

        return number;
    }
}

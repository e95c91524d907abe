using System.Buffers.Binary;
using System.Text;

namespace NaaS.Standalone.Tracing;

/// <summary>Reads a message of Protocol Buffers field by field. Throws <see cref="FormatException"/> where it is none.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;
    private ReadOnlySpan<byte> rest = message;

    /// <summary>Number of the present field.</summary>
    public int Field { get; private set; }

    /// <summary>Its value where it is a number.</summary>
    public ulong Number { get; private set; }

    /// <summary>Its value where it is a text, bytes or a message.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Its value as text.</summary>
    public readonly string Text => Encoding.UTF8.GetString(Value);

    /// <summary>Goes to the next field; false at the end.</summary>
    public bool Read()
    {
        if (rest.IsEmpty)
        {
            return false;
        }

        var tag = ReadVarint();
        Field = (int)(tag >> 3);
        Number = 0;
        Value = default;
        switch ((int)(tag & 7))
        {
            case Varint:
                Number = ReadVarint();
                break;
            case Fixed64:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
                break;
            case Bytes:
                Value = Take(ReadVarint());
                break;
            case Fixed32:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
                break;
            default:
                throw new FormatException("This is no message of Protocol Buffers.");
        }

        return true;
    }

    private ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new FormatException("A number of this message is too long.");
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)rest.Length)
        {
            throw new FormatException("This message breaks off.");
        }

        var taken = rest[..(int)count];
        rest = rest[(int)count..];
        return taken;
    }
}

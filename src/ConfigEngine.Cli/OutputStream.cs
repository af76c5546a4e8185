namespace ConfigEngine.Cli;

/// <summary>One of the process's outputs, whose disk may be full or whose reader may have gone away.</summary>
/// <param name="inner">Where it is written to.</param>
/// <param name="failed">What to do where it cannot be written.</param>
sealed class OutputStream(Stream inner, Action<IOException> failed) : Stream
{
    /// <summary>Where progress and errors are said. That must not end a run: what cannot be written there is lost.</summary>
    public static OutputStream OfErrors(Stream inner) => new(inner, _ => { });

    /// <summary>Where results are printed.</summary>
    /// <remarks>Whoever writes gets an <see cref="OutputException"/> where that fails.</remarks>
    public static OutputStream OfResults(Stream inner) => new(inner, error => throw new OutputException(error));

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        try
        {
            inner.Write(buffer, offset, count);
        }
        catch (IOException error)
        {
            failed(error);
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        try
        {
            inner.Flush();
        }
        catch (IOException error)
        {
            failed(error);
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}

/// <summary>The results cannot be written. A reader that went away (cfg plan | head) is none of this: it has what it wanted.</summary>
sealed class OutputException(IOException error)
    : CfgException($"the results cannot be written to standard output: {error.Message}", error);
